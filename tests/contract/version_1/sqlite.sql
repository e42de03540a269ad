-- A store of version 1, as askonce 0.1 made it, with a partner, its key, rules and an assessment of one revision. Stays as it is:
-- the tests bring it up to date.
create table meta (name text primary key, value text not null) strict, without rowid;
insert into meta values ('probe', '0');
create table partner (
  id blob primary key check (length(id) = 16),
  name text not null unique
) strict, without rowid;
create table api_key (
  id blob primary key check (length(id) = 16),
  partner blob not null references partner (id),
  hash text not null unique,
  created integer not null,
  revoked integer not null default 0
) strict, without rowid;
create table rules (hash text primary key) strict, without rowid;
create table rule_file (
  rules text not null references rules (hash),
  path text not null,
  bytes blob not null,
  primary key (rules, path)
) strict;
create table assessment (
  id blob not null check (length(id) = 16),
  client_key integer not null,
  partner blob not null,
  latest integer not null check (latest > 0),
  created integer not null,
  primary key (id, client_key)
) strict, without rowid;
create table revision (
  id blob not null,
  client_key integer not null,
  number integer not null check (number > 0),
  at integer not null,
  as_of integer not null,
  key blob not null,
  rules text not null,
  answers blob not null,
  result blob not null,
  primary key (id, client_key, number),
  foreign key (id, client_key) references assessment (id, client_key)
) strict;
create table idempotency (
  partner blob not null,
  key blob not null check (length(key) between 1 and 255),
  fingerprint blob not null check (length(fingerprint) = 32),
  assessment blob not null check (length(assessment) = 16),
  number integer not null,
  primary key (partner, key)
) strict, without rowid;
create table import_cursor (source text primary key, cursor text not null) strict, without rowid;

insert into partner values (x'01900000000070008000000000000001', 'Old Partner');
insert into api_key values (x'01900000000070008000000000000002', x'01900000000070008000000000000001', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 5, 0);
insert into rules values ('1111111111111111111111111111111111111111111111111111111111111111');
insert into rule_file values ('1111111111111111111111111111111111111111111111111111111111111111', 'forms/intake.yaml', x'00666f726d3a2074657374');
insert into assessment values (x'01900000000070008000000000000005', -9223372036854775803, x'01900000000070008000000000000001', 1, 7);
insert into revision values (x'01900000000070008000000000000005', -9223372036854775803, 1, 7, 20780, x'01900000000070008000000000000002', '1111111111111111111111111111111111111111111111111111111111111111', x'007b7d', x'007b2272223a317d');
insert into idempotency values (x'01900000000070008000000000000001', cast('old' as blob), zeroblob(32), x'01900000000070008000000000000005', 1);
pragma application_id = 1098083121;
pragma user_version = 1;
