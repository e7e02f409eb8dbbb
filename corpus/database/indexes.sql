-- What is made once the tables of --to=sqlite are full: in one go it takes less time and room than row by row.
CREATE INDEX documents_doc ON documents (doc);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX quotes_document ON quotes (document_number);
CREATE INDEX quotes_speaker ON quotes (speaker_number);
CREATE INDEX quotes_id ON quotes (id);
CREATE INDEX quotes_checkworthy ON quotes (checkworthy);

-- Full text search, of a row without a claim over its quote. The words are in the index alone; the text is read from the quotes.
CREATE VIEW claim_texts AS SELECT quote_number, CASE claim WHEN '' THEN quote ELSE claim END AS claim FROM quotes;
CREATE VIRTUAL TABLE claims USING fts5(claim, content = 'claim_texts', content_rowid = 'quote_number',
	tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO claims (claims) VALUES ('rebuild');

ANALYZE;
