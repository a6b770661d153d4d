import sys
for v in (True, False, 256 + 7, None, 0, (1, 2)):
    try: sys.exit(v)
    except SystemExit as e: print(repr(e.code), e.args)
sys.exit(256 + 7)
