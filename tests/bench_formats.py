"""The same articles in each format that quoth reads, for tests/bench.py."""
import gzip
import html
import io
import json
import os
import shutil
import subprocess
import tarfile
import zipfile


# XML has no characters for these.
CONTROLS = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r")


def _paragraphs_of(text):
    return "".join(f"<p>{html.escape(part, quote=False)}</p>\n" for part in text.translate(CONTROLS).split("\n\n"))


def page_of(text):
    return f"<!doctype html><html><head><meta charset=utf-8></head><body><article>{_paragraphs_of(text)}</article></body></html>".encode()


def nitf_of(text):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<nitf><body><body.content>{_paragraphs_of(text)}</body.content></body></nitf>'.encode()


def write_lines(lines, articles):
    """JSON lines, into an open binary file."""
    for name, text in articles:
        lines.write(json.dumps({"id": name, "text": text}, ensure_ascii=False).encode() + b"\n")


def _lines(path, articles):
    with open(path, "wb") as lines:
        write_lines(lines, articles)


def _packed(*command):
    def write_packed(path, articles):
        with open(path, "wb") as packed, subprocess.Popen([*command, "-c"], stdin=subprocess.PIPE, stdout=packed) as packer:
            write_lines(packer.stdin, articles)
            packer.stdin.close()
        if packer.returncode:
            raise subprocess.CalledProcessError(packer.returncode, command)
    return write_packed


def _folder(ending, form):
    def write_folder(path, articles):
        os.mkdir(path)
        for name, text in articles:
            with open(f"{path}/{name}{ending}", "wb") as file:
                file.write(form(text))
    return write_folder


def _tar(ending, form):
    def write_tar(path, articles):
        with tarfile.open(path, "w") as tar:
            for name, text in articles:
                content = form(text)
                member = tarfile.TarInfo(name + ending)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
                tar.members.clear()
    return write_tar


def _zip(ending, form):
    def write_zip(path, articles):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, text in articles:
                archive.writestr(name + ending, form(text))
    return write_zip


def _table(path, articles):
    with open(path, "w", encoding="utf-8") as table:
        table.write("id,text\n")
        for name, text in articles:
            table.write('%s,"%s"\n' % (name, text.replace('"', '""')))


def _warc(pack):
    def write_warc(path, articles):
        with open(path, "wb") as archive:
            for name, text in articles:
                body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page_of(text)
                archive.write(pack(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/" + name.encode() +
                                   b"\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(body) +
                                   body + b"\r\n\r\n"))
    return write_warc


def _feed(path, articles):
    with open(path, "w", encoding="utf-8") as feed:
        feed.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>\n')
        for name, text in articles:
            page = html.escape(_paragraphs_of(text), quote=False)
            feed.write(f"<item><guid>{name}</guid><content:encoded>{page}</content:encoded></item>\n")
        feed.write("</channel></rss>\n")


FORMATS = {
    "JSON lines": ("a.jsonl", _lines),
    "text files": ("text", _folder(".txt", str.encode)),
    "CSV": ("a.csv", _table),
    "tar": ("text.tar", _tar(".txt", str.encode)),
    "zip": ("text.zip", _zip(".txt", str.encode)),
    "HTML files": ("html", _folder(".html", page_of)),
    "HTML files in a zip": ("html.zip", _zip(".html", page_of)),
    "WARC": ("a.warc", _warc(bytes)),
    "WARC, gzip": ("b.warc.gz", _warc(lambda record: gzip.compress(record, 1))),
    "NITF in a tar": ("nitf.tar", _tar(".xml", nitf_of)),
    "RSS": ("a.rss", _feed),
    "JSON lines, gzip": ("a.jsonl.gz", _packed("gzip")),
    "JSON lines, zstd": ("a.jsonl.zst", _packed("zstd", "-q")),
    "JSON lines, xz": ("a.jsonl.xz", _packed("xz", "-0")),
    "JSON lines, bzip2": ("a.jsonl.bz2", _packed("bzip2")),
}
PACKERS = ("gzip", "zstd", "xz", "bzip2")


def names_here():
    """The formats for which all that writes them is installed."""
    missing = [packer for packer in PACKERS if not shutil.which(packer)]
    return [name for name in FORMATS if not (name.startswith("JSON lines, ") and name.split(", ")[1] in missing)]


def write_format(folder, name, articles):
    """Writes the articles into the folder: quoth's arguments that read them."""
    path, write = FORMATS[name]
    write(f"{folder}/{path}", articles)
    return (["--from=csv"] if name == "CSV" else []) + [f"{folder}/{path}"]
