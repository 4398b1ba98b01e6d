"""What every page of the desk knows."""


def desk(request):  # type: ignore[no-untyped-def]
    return {}
