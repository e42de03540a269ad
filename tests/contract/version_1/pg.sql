-- A store of version 1, as askonce 0.1 made it, with a partner, its key, rules and an assessment of one revision. Stays as it is:
-- the tests bring it up to date.
create table schema_version (
  product text not null check (product = 'askonce'),
  version integer primary key,
  applied timestamptz not null default now());
insert into schema_version (product, version) values ('askonce', 1);
create table partner (
  id uuid primary key,
  name text collate "C" not null unique check (octet_length(name) between 1 and 100));
create table api_key (
  id uuid primary key,
  partner uuid not null references partner (id),
  hash text collate "C" not null unique check (octet_length(hash) between 1 and 64),
  created bigint not null,
  revoked bigint not null default 0);
create table rules (hash text collate "C" primary key check (octet_length(hash) between 1 and 64));
create table rule_file (
  rules text collate "C" not null references rules (hash),
  path text collate "C" not null,
  bytes bytea not null,
  primary key (rules, path));
create table revision (
  id uuid not null,
  client_key bigint not null,
  number integer not null check (number > 0),
  partner uuid not null,
  key uuid not null,
  at bigint not null,
  as_of bigint not null,
  rules text collate "C" not null check (octet_length(rules) between 1 and 64),
  answers bytea not null,
  result bytea not null,
  primary key (id, client_key, number));
alter table revision alter answers set storage main, alter result set storage main;
create table idempotency (
  partner uuid not null,
  key bytea not null check (octet_length(key) between 1 and 255),
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  assessment uuid not null,
  number integer not null check (number > 0),
  primary key (partner, key));
do $$ begin alter table revision alter answers set compression lz4, alter result set compression lz4; alter table rule_file alter bytes set compression lz4; exception when feature_not_supported then null; end $$;
create table import_cursor (source text collate "C" primary key, cursor text not null);
create table probe (id integer primary key check (id = 1), at timestamptz not null);

insert into partner values ('01900000-0000-7000-8000-000000000001', 'Old Partner');
insert into api_key values ('01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 5, 0);
insert into rules values ('1111111111111111111111111111111111111111111111111111111111111111');
insert into rule_file values ('1111111111111111111111111111111111111111111111111111111111111111', 'forms/intake.yaml', 'form: test');
insert into revision values ('01900000-0000-7000-8000-000000000005', -9223372036854775803, 1, '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002', 7, 20780, '1111111111111111111111111111111111111111111111111111111111111111', '{}', '{"r":1}');
insert into idempotency values ('01900000-0000-7000-8000-000000000001', 'old', decode(repeat('00', 32), 'hex'), '01900000-0000-7000-8000-000000000005', 1);
