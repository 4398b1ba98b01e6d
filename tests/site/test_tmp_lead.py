import pytest
from django.db import connection
from django.conf import settings
@pytest.mark.django_db
def test_x(): print("VENDOR", connection.vendor, settings.DATA, settings.DATABASES["default"]["NAME"])
