-- The tables that --to=sqlite fills. Columns have the names that TSV and JSON lines have; what is empty there is empty here,
-- and metadata that an article does not have is NULL. A column here is a value of the writer's, in this order.
PRAGMA user_version = 1;

CREATE TABLE documents (
	document_number INTEGER PRIMARY KEY,	-- in the order of input
	doc TEXT NOT NULL,
	url TEXT,
	title TEXT,
	date TEXT,
	outlet TEXT,
	text TEXT	-- with --with-text; a blob where it is not UTF-8
);

CREATE TABLE speakers (
	speaker_number INTEGER PRIMARY KEY,	-- in the order in which they first spoke
	speaker TEXT NOT NULL,
	speaker_kind TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	UNIQUE (speaker, speaker_kind, speaker_id)
);

CREATE TABLE quotes (
	quote_number INTEGER PRIMARY KEY,	-- in the order of input
	document_number INTEGER NOT NULL REFERENCES documents,
	speaker_number INTEGER REFERENCES speakers,	-- NULL: unknown
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	role TEXT NOT NULL,
	resolution TEXT NOT NULL,
	source TEXT NOT NULL,
	cue TEXT NOT NULL,
	quote TEXT NOT NULL,
	confidence REAL NOT NULL,
	checkworthy REAL,	-- NULL: not computed
	quote_spans TEXT NOT NULL,	-- JSON, [[begin, end], …], bytes of the document's text; so are the other spans
	source_spans TEXT NOT NULL,
	cue_spans TEXT NOT NULL,
	stance TEXT NOT NULL,
	claim TEXT NOT NULL,	-- empty where the statement cannot be read by itself
	link TEXT NOT NULL
);

-- The rows as the other formats have them.
CREATE VIEW attributions AS
SELECT quote_number, doc, id, kind, coalesce(speaker, '') AS speaker, coalesce(speaker_kind, 'unknown') AS speaker_kind,
	role, coalesce(speaker_id, '') AS speaker_id, resolution, source, cue, quote, confidence, checkworthy, quote_spans,
	source_spans, cue_spans, stance, claim, link, url, title, date, outlet, text
FROM quotes JOIN documents USING (document_number) LEFT JOIN speakers USING (speaker_number);
