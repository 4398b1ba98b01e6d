"""The ledger's head, and the triggers that make its table append-only."""

from django.db import migrations

from hefa.kernel.ledger import GENESIS, LEDGER, refuse_changes


def protect(apps, schema_editor):
    apps.get_model("kernel", "Counter").objects.create(key=LEDGER, seal=GENESIS)
    for statement in refuse_changes(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
