"""python -m hefa"""

import sys

from hefa.site.cli import main

sys.exit(main(sys.argv[1:]))
