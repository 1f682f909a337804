#!/usr/bin/env python3
"""Writes layout-1.sql: a small log as layout 1 kept it, with a chain computed here, apart from the C++ code.

    python3 tests/store/make_layout_1.py > tests/store/layout-1.sql
"""
import hashlib
import struct

TABLES = """create table stream (
  number integer primary key, kind integer not null, id text not null, unique (kind, id)
) strict;
create table entry (
  sequence integer primary key,
  stream integer not null references stream (number),
  version integer not null check (version > 0),
  key text not null,
  kind text not null,
  at integer not null,
  written integer not null,
  text text not null,
  unique (stream, version),
  unique (stream, key)
) strict;
create table audit (
  number integer primary key check (number > 0),
  action integer not null,
  actor text not null,
  subject text not null,
  detail text not null,
  at integer not null,
  written integer not null,
  clock_stepped_back integer not null,
  texts blob not null,
  previous blob not null check (length(previous) = 32),
  hash blob not null check (length(hash) = 32)
) strict;
create trigger stream_is_kept before delete on stream begin select raise(abort, 'streams are kept'); end;
create trigger stream_stands before update on stream begin select raise(abort, 'streams stand'); end;
create trigger entry_is_kept before delete on entry begin select raise(abort, 'entries are kept'); end;
create trigger entry_stands before update on entry begin select raise(abort, 'entries stand'); end;
create trigger audit_is_kept before delete on audit begin select raise(abort, 'the audit is kept'); end;
create trigger audit_stands before update on audit begin select raise(abort, 'the audit stands'); end;
pragma application_id = 0x45564b4c;
pragma user_version = 1;"""

START = 1772442000 * 10**9  # 2026-03-02T09:00:00Z
MINUTE = 60 * 10**9


def number(value):
    return struct.pack(">Q", value)


def text(value):
    return number(len(value.encode())) + value.encode()


def quoted(value):
    return "'" + value.replace("'", "''") + "'"


def main():
    print("-- Written by make_layout_1.py.")
    print(TABLES)
    versions, previous = {}, bytes(32)
    for i, stream in enumerate("aabaab"):
        at = START + i * MINUTE
        if stream not in versions:
            print(f"insert into stream values ({len(versions) + 1}, 1, {quoted(stream)});")
            versions[stream] = [len(versions) + 1, 0]
        versions[stream][1] += 1
        key, body = f"k{i}", '{"text": "Grüße ' + str(i) + '"}'
        content = hashlib.sha256(text(key) + text("vitals") + number(at) + text(body)).digest()
        row = [i + 1, *versions[stream], quoted(key), "'vitals'", at, at + 1, quoted(body)]
        print(f"insert into entry values ({', '.join(map(str, row))});")
        subject, detail = f"patient/{stream}", f"version {versions[stream][1]}"
        fields = [previous, number(i + 1), number(2), text("n.example"), text(""), text(""), text(subject),
                  text(detail), number(at), number(at + 1), number(0), number(1), content]
        current = hashlib.sha256(b"".join(fields)).digest()
        row = [i + 1, 2, "'n.example'", quoted(subject), quoted(detail), at, at + 1, 0, f"x'{content.hex()}'",
               f"x'{previous.hex()}'", f"x'{current.hex()}'"]
        print(f"insert into audit values ({', '.join(map(str, row))});")
        previous = current


main()
