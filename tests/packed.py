#!/usr/bin/env python3
"""packed: compressed files and archives give the rows of what is in them; broken ones a message, and the rest goes on."""
import bz2
import gzip
import io
import lzma
import os
import shutil
import subprocess
import tarfile
import zipfile

from program import IS_SANITIZED, expect, run, run_tests, write

ARTICLE = "The bridge stays closed, Mayor Ada Brandt said on Monday.\n"
OTHER = "The ferry will sail again in May, said Piet Harmsen, who owns it.\n"
SAMPLES = os.path.join(os.environ.get("srcdir", "."), "corpus", "samples")


def _json_lines(n):
    return "".join('{"id":"r%d","text":"The bridge stays closed, Mayor Ada Brandt said on Monday, day %d."}\n' % (i, i)
                   for i in range(n)).encode()


def _zstd(content):
    return subprocess.run(["zstd", "-q", "-c"], input=content, stdout=subprocess.PIPE, check=True).stdout


PACKERS = {".gz": gzip.compress, ".xz": lzma.compress, ".bz2": bz2.compress}
if shutil.which("zstd"):
    PACKERS[".zst"] = _zstd
else:
    print("skipped: what zstd packs, since it is not installed")


def _tar(path, members, mode="w"):
    with tarfile.open(path, mode) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def _docs(result):
    return [row["doc"] for row in result.rows()]


def compressed_lines_are_the_lines(folder):
    plain = _json_lines(300)
    want = expect(run("-f", "jsonl", "-", stdin=plain), 0).out
    for ending, pack in PACKERS.items():
        whole = write(f"{folder}/feed.jsonl{ending}", pack(plain))
        assert expect(run(whole), 0).out == want, ending
        half = plain.index(b"\n", len(plain) // 2) + 1
        joined = write(f"{folder}/joined.jsonl{ending}", pack(plain[:half]) + pack(plain[half:]))
        assert expect(run(joined), 0).out == want, ending
        with open(joined, "rb") as file:
            assert expect(run("-f", "jsonl", "-", stdin=file), 0).out == want, ending


def a_compressed_article_is_an_article(folder):
    for ending, pack in PACKERS.items():
        path = write(f"{folder}/a.txt{ending}", pack(ARTICLE.encode()))
        assert _docs(expect(run(path), 0)) == [path]
    assert len(_docs(expect(run(folder), 0))) == len(PACKERS)


def an_archive_is_a_folder(folder):
    want = expect(run(SAMPLES), 0).rows()
    for ending, mode in ((".tar", "w"), (".tar.gz", "w:gz"), (".tgz", "w:gz"), (".tar.xz", "w:xz"), (".tar.bz2", "w:bz2")):
        path = f"{folder}/samples{ending}"
        with tarfile.open(path, mode) as tar:
            for name in sorted(os.listdir(SAMPLES)):
                tar.add(os.path.join(SAMPLES, name), name)
        assert [[row["doc"].replace(path, SAMPLES), row["quote_spans"]] for row in expect(run(path), 0).rows()] == \
            [[row["doc"], row["quote_spans"]] for row in want], ending
    path = f"{folder}/samples.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(os.listdir(SAMPLES)):
            archive.write(os.path.join(SAMPLES, name), name)
    assert len(expect(run(path), 0).rows()) == len(want)
    with open(path, "rb") as file:
        assert len(expect(run(stdin=file), 0).rows()) == len(want)


def members_that_are_no_articles_are_left_out_and_counted(folder):
    path = _tar(f"{folder}/a.tar", [("a.txt", ARTICLE.encode()), ("logo.png", b"\x89PNG"), (".hidden/b.txt", b"x"),
                                    ("./c.txt", OTHER.encode())])
    result = expect(run(path), 0, "in archives: 1 members left out")
    assert _docs(result) == [f"{path}/a.txt", f"{path}/c.txt"]


def names_with_other_letters_are_kept(folder):
    path = f"{folder}/a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Zürich/été.txt", ARTICLE)
    tar = _tar(f"{folder}/a.tar", [("Zürich/été.txt", ARTICLE.encode())])
    for archive in (path, tar):
        assert _docs(expect(run(archive, env={"LC_ALL": "C"}), 0)) == [f"{archive}/Zürich/été.txt"]


def a_name_that_leads_out_is_refused(folder):
    path = f"{folder}/a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.txt", ARTICLE)
        archive.writestr("/etc/evil.txt", ARTICLE)
        archive.writestr("good..txt", OTHER)
    result = expect(run(path), 1, f"{path}/../../evil.txt: the member's name leads out", f"{path}//etc/evil.txt: ")
    assert _docs(result) == [f"{path}/good..txt"]


def an_archive_within_an_archive_is_told(folder):
    inner = gzip.compress(ARTICLE.encode())
    path = _tar(f"{folder}/a.tar", [("b.txt.gz", inner), ("c.txt", OTHER.encode())])
    result = expect(run(path), 1, f"{path}/b.txt.gz: is compressed or an archive, within an archive")
    assert _docs(result) == [f"{path}/c.txt"]
    twice = write(f"{folder}/d.txt.gz", gzip.compress(inner))
    expect(run(twice), 1, f"{twice}: is compressed twice")


def what_stands_before_a_cut_is_kept(folder):
    plain = _json_lines(20000)
    after = write(f"{folder}/z.txt", OTHER)
    for ending, pack in PACKERS.items():
        packed = pack(plain)
        path = write(f"{folder}/feed.jsonl{ending}", packed[: len(packed) // 2])
        result = expect(run(path, after), 1, path)
        assert result.rows()[-1]["doc"] == after, ending
        whole_records = {f"r{i}" for i in range(20000)}
        got = {row["doc"] for row in result.rows()[:-1]}
        assert got <= whole_records, ending
        if ending == ".gz":
            assert len(got) > 5000
            expect(result, 1, "the gzip data ends too early (at byte ")


def a_flipped_bit_does_not_pass(folder):
    plain = _json_lines(2000)
    for ending, pack in PACKERS.items():
        if ending == ".zst":
            continue    # no checksum unless asked for
        packed = bytearray(pack(plain))
        packed[len(packed) // 2] ^= 0x10
        path = write(f"{folder}/feed.jsonl{ending}", bytes(packed))
        expect(run(path), 1, path)
    packed = bytearray(gzip.compress(plain))
    packed[-6] ^= 1
    expect(run(write(f"{folder}/sum.jsonl.gz", bytes(packed))), 1, "incorrect data check")


def garbage_behind_gzip_is_told(folder):
    plain = _json_lines(10)
    path = write(f"{folder}/a.jsonl.gz", gzip.compress(plain) + b"garbage")
    result = expect(run(path), 1, "what follows the gzip data is no gzip data")
    assert len(result.rows()) == 10
    padded = write(f"{folder}/b.jsonl.gz", gzip.compress(plain) + bytes(1024))
    assert len(expect(run(padded), 0).rows()) == 10


def a_bomb_is_given_up(folder):
    after = write(f"{folder}/z.txt", OTHER)
    block = gzip.compress(bytes(1 << 24), 9)
    for ending, bomb in ((".gz", block * 16), (".xz", lzma.compress(b"a" * (1 << 24)) * 16)):
        path = write(f"{folder}/bomb.jsonl{ending}", bomb)
        result = expect(run(path, after), 1, path)
        assert _docs(result) == [after]
        expect(result, 1, "a thousand times larger unpacked than packed")
        assert IS_SANITIZED or result.peak < 150, result.peak


def nothing_in_it_is_an_empty_text(folder):
    for ending, pack in PACKERS.items():
        path = write(f"{folder}/a.txt{ending}", pack(b""))
        expect(run(path), 1, f"{path}: the file is empty")


def zeros_are_no_archive(folder):
    path = write(f"{folder}/zeros.jsonl.xz", lzma.compress(bytes(1 << 20)))
    expect(run(path), 1, f"{path}: the archive has no members")


def broken_archives_are_told(folder):
    path = _tar(f"{folder}/a.tar", [("a.txt", ARTICLE.encode()), ("b.txt", OTHER.encode() * 4000)])
    with open(path, "rb") as file:
        content = file.read()
    cut = write(f"{folder}/cut.tar", content[: len(content) // 2])
    result = expect(run(cut), 1, cut)
    assert _docs(result) == [f"{cut}/a.txt"]
    expect(run(write(f"{folder}/no.zip", b"PK\3\4 no more than that")), 1, "no.zip")
    with zipfile.ZipFile(f"{folder}/b.zip", "w") as archive:
        archive.writestr("a.txt", ARTICLE)
    with open(f"{folder}/b.zip", "rb") as file:
        content = bytearray(file.read())
    content[content.index(b"bridge")] ^= 1
    expect(run(write(f"{folder}/b.zip", bytes(content))), 1, "b.zip/a.txt")


run_tests(globals())
