# SPDX-License-Identifier: GPL-3.0-or-later
# A page on standard input, its PDF on standard output. Arguments: identifier, seconds.
import resource
import sys

sys.excepthook = lambda kind, fault, trace: print(kind.__name__, fault, sep=": ", file=sys.stderr)
seconds = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))

try:
    import weasyprint
except (ImportError, OSError) as fault:
    print(fault, file=sys.stderr)
    sys.exit(9)


def fetch(url, *others):
    if url.startswith("data:image/"):
        return weasyprint.default_url_fetcher(url)
    raise ValueError("a page refers to nothing outside itself")


class Whole(str):
    """A text that is one letter: WeasyPrint sets a picture's text letter by letter, which
    takes most of the time and leaves out what scripts do where letters meet."""

    def __iter__(self):
        yield str(self)


def set_whole(svg, node, size, set_letters=weasyprint.svg.TAGS["text"]):
    if node.text:
        node._etree_node.text = Whole(node.text)
    set_letters(svg, node, size)


weasyprint.svg.TAGS["text"] = set_whole
# The folder for fonts that a page brings. Ours bring none, so that nothing is written anywhere,
# and a worker that may not write can print, too.
weasyprint.text.fonts.mkdtemp = lambda **named: "/nonexistent"
text = sys.stdin.buffer.read().decode("utf-8")
page = weasyprint.HTML(string=text, base_url=None, url_fetcher=fetch)
sys.stdout.buffer.write(page.write_pdf(identifier=sys.argv[1].encode()))
