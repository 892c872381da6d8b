# SPDX-License-Identifier: GPL-3.0-or-later
# A page on standard input, its PDF on standard output. Arguments: identifier, seconds.
import resource
import sys

seconds = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))

try:
    import weasyprint
except (ImportError, OSError) as fault:
    print(fault, file=sys.stderr)
    sys.exit(9)


def fetch(url, *others):
    if url.startswith("data:image/"):
        return weasyprint.default_url_fetcher(url)
    raise ValueError("a page refers to nothing outside itself")


text = sys.stdin.buffer.read().decode("utf-8")
page = weasyprint.HTML(string=text, base_url=None, url_fetcher=fetch)
sys.stdout.buffer.write(page.write_pdf(identifier=sys.argv[1].encode()))
