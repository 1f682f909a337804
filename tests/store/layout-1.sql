-- Written by make_layout_1.py.
create table stream (
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
pragma user_version = 1;
insert into stream values (1, 1, 'a');
insert into entry values (1, 1, 1, 'k0', 'vitals', 1772442000000000000, 1772442000000000001, '{"text": "Grüße 0"}');
insert into audit values (1, 2, 'n.example', 'patient/a', 'version 1', 1772442000000000000, 1772442000000000001, 0, x'f19a4c545eedac19192cff8039616fa2fccb03159ea5dbc7ef0fcafa947d2d2a', x'0000000000000000000000000000000000000000000000000000000000000000', x'078d54e4edbe9899a30f9e991a61fc81e2c08f3b6f13495cce543da8441cfc70');
insert into entry values (2, 1, 2, 'k1', 'vitals', 1772442060000000000, 1772442060000000001, '{"text": "Grüße 1"}');
insert into audit values (2, 2, 'n.example', 'patient/a', 'version 2', 1772442060000000000, 1772442060000000001, 0, x'1cf3f2a31a806b7902692b455ad48cc4807c5614389a946388dbfdff311993e3', x'078d54e4edbe9899a30f9e991a61fc81e2c08f3b6f13495cce543da8441cfc70', x'6f33b171169e80c0199aa008e0b400704066b519f167ac25fa4d368006d5d86d');
insert into stream values (2, 1, 'b');
insert into entry values (3, 2, 1, 'k2', 'vitals', 1772442120000000000, 1772442120000000001, '{"text": "Grüße 2"}');
insert into audit values (3, 2, 'n.example', 'patient/b', 'version 1', 1772442120000000000, 1772442120000000001, 0, x'aa39809c8648281f645923c3402b75f75b49f5d9009813949255b917fd9fdd0f', x'6f33b171169e80c0199aa008e0b400704066b519f167ac25fa4d368006d5d86d', x'bfa777d40f925b0e94171cc6e25c11d72878d499ad677729f04adc1bf2434bad');
insert into entry values (4, 1, 3, 'k3', 'vitals', 1772442180000000000, 1772442180000000001, '{"text": "Grüße 3"}');
insert into audit values (4, 2, 'n.example', 'patient/a', 'version 3', 1772442180000000000, 1772442180000000001, 0, x'f2cdd6b8f6bca964bcfb20f5edc23ff02c5dc77c5a1f52d6c0541a9e69d7809f', x'bfa777d40f925b0e94171cc6e25c11d72878d499ad677729f04adc1bf2434bad', x'66b81af517fbd2eeae1cff163b89a5f5c034cc40074c86bdba0398a766325584');
insert into entry values (5, 1, 4, 'k4', 'vitals', 1772442240000000000, 1772442240000000001, '{"text": "Grüße 4"}');
insert into audit values (5, 2, 'n.example', 'patient/a', 'version 4', 1772442240000000000, 1772442240000000001, 0, x'41c8ff67ae05aa7dc4ae1d9bdf5ac0ed8644e3bef3e3592b7ba671f1712cfb7e', x'66b81af517fbd2eeae1cff163b89a5f5c034cc40074c86bdba0398a766325584', x'ae376838a78d0e762850d23e7ac1b4bde53b6250ed711831d117d52325148148');
insert into entry values (6, 2, 2, 'k5', 'vitals', 1772442300000000000, 1772442300000000001, '{"text": "Grüße 5"}');
insert into audit values (6, 2, 'n.example', 'patient/b', 'version 2', 1772442300000000000, 1772442300000000001, 0, x'42b4a301a251e327361da5856559bdae01f5a27f6ee413ee1a26a5884ec22875', x'ae376838a78d0e762850d23e7ac1b4bde53b6250ed711831d117d52325148148', x'1ca41eaa014f855666891c7bc204ddfb100d5c9a95ecc62ac710721b06ee5834');
