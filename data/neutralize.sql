-- a neutralized copy of a database knows no store any more
UPDATE bigcommerce_backend
   SET state = 'paused',
       state_message = 'This is a neutralized copy of a database.',
       access_token_stored = NULL,
       webhook_secret = NULL,
       use_webhooks = FALSE,
       connected_database = NULL;
