-- One kind of row for every mailbox (server/storage/store.h, Item).
--
-- A name or guard of zeros is kept as an empty blob. position -1 is the tombstone of an erased name.
-- digest is row_digest() over every other column.
CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  name BLOB NOT NULL,
  position INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  effort INTEGER NOT NULL,
  guard BLOB NOT NULL,
  digest INTEGER NOT NULL,
  bytes BLOB NOT NULL
);

-- Mailboxes addressed by place. Intake (1) and boxes (3) are queues and stay out of it: a random key
-- would cost one more page for every report.
CREATE UNIQUE INDEX item_place ON item (kind, name, position) WHERE kind NOT IN (1, 3);

-- Queues: dearest effort first, then oldest. Position and hour ride along, so that counting an epoch
-- or finding the oldest hour reads this index and none of the rows.
CREATE INDEX item_waiting ON item (kind, name, effort DESC, id, position, hour) WHERE kind IN (1, 3);

CREATE INDEX item_expiring ON item (kind, expires) WHERE expires > 0;

-- last_id is the highest id ever given: ids are never reused. The writer keeps it, once a transaction;
-- AUTOINCREMENT does the same once a row.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO meta (name, value) VALUES ('schema', 0), ('generation', 1), ('last_id', 0);
