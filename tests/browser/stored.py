"""What lies in a SQLite store: the documents of a kind, as one list of JSON. usage: stored.py STORE KIND"""
import json
import sqlite3
import sys


def unsqueezed(block):
    """The bytes of one lz4 block."""
    out, at = bytearray(), 0

    def length(start):
        nonlocal at
        while start >= 15:
            more = block[at]
            at += 1
            start += more
            if more < 255:
                break
        return start

    while at < len(block):
        token = block[at]
        at += 1
        count = length(token >> 4)
        out += block[at:at + count]
        at += count
        if at >= len(block):
            break
        back = block[at] | block[at + 1] << 8
        at += 2
        for _ in range(length(token & 15) + 4):
            out.append(out[-back])
    return bytes(out)


def body(packed):
    """engine/store/sqlite/pack.c: 0 and the text, or 1, its length in four bytes, and the text squeezed."""
    return packed[1:] if packed[0] == 0 else unsqueezed(packed[5:])


store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
rows = store.execute("select version, body from document where kind = ? order by id", (sys.argv[2],))
json.dump([{"version": version, "body": json.loads(body(bytes(packed)))} for version, packed in rows], sys.stdout)
