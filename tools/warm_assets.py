# Run by `odoo shell`: builds the web client's bundles once, into the template
# database. Each browser test would otherwise build them again (5-6 s a test),
# for a test's transaction is rolled back.
qweb = env["ir.qweb"]
js_bundles, css_bundles = qweb._get_bundles_to_pregenarate()
unneeded = (
    "unit_tests",
    "qunit",
    "web.tests_assets",
    "discuss_public",
    "mail.assets_public",
    "_dark",
)
for name in sorted(js_bundles | css_bundles):
    if not any(part in name for part in unneeded):
        bundle = qweb._get_asset_bundle(
            name, js=name in js_bundles, css=name in css_bundles
        )
        if name in js_bundles:
            bundle.js()
        if name in css_bundles:
            bundle.css()
env.cr.commit()
