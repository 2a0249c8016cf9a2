-- a neutralized copy of a database knows no store any more
UPDATE bigcommerce_backend
   SET state = 'paused',
       state_message = 'This is a neutralized copy of a database.',
       use_webhooks = FALSE,
       is_live = FALSE,
       connected_database = NULL;
DELETE FROM bigcommerce_secret;
