"""The text that the word vectors are trained on: which package, under which licence, which files.

Every row names a Debian package, the licence of the files that are read from it (as its copyright file
says), a phrase that must stand in that copyright file (so that a package that changes its licence
stops the build instead of slipping in), what kind of files they are, where they lie, and the most
sentences to take, so that no large package drowns the others.

Left out on purpose, although useful: anything under GPL, LGPL, GFDL, MPL or CC-BY-SA. Celery's code is
BSD, but its documentation is CC-BY-SA, so it is not here; nor is pandas, some parts of which are; FreeBSD's
manual pages carry the advertising clause.
"""

from typing import NamedTuple


class Source(NamedTuple):
    package: str
    licence: str
    phrase: str
    kind: str
    where: tuple[str, ...]
    most: int


def _doc(package, licence, phrase, most, kind="html", where=("usr/share/doc/**/*.html",)):
    return Source(package, licence, phrase, kind, where, most)


_MAN = ("usr/share/man/man*/*.gz",)
_MD = ("usr/share/doc/**/*.md", "usr/share/doc/**/*.md.gz")
_GO = ("usr/share/gocode/src/**/*.go",)

SOURCES = (
    # Databases.
    _doc("postgresql-doc-15", "PostgreSQL", "License: PostgreSQL", 14000),
    _doc("sqlite3-doc", "public domain", "License: public-domain", 9000),
    _doc("slony1-2-doc", "PostgreSQL", "for any purpose, without fee", 2000),
    _doc("patroni-doc", "MIT", "License: MIT", 1500),
    _doc("pgbackrest-doc", "MIT", "License: MIT", 2000),
    _doc("leveldb-doc", "BSD-3-Clause", "License: BSD-3-clause", 500),
    _doc("leveldb-doc", "BSD-3-Clause", "License: BSD-3-clause", 500, "md", _MD),
    _doc("redis-server", "BSD-3-Clause", "License: BSD-3-clause", 1500, "conf", ("etc/redis/redis.conf",)),
    _doc("memcached", "BSD-3-Clause", "License: BSD-3-clause", 1500, "text",
         ("usr/share/doc/memcached/*.txt", "usr/share/doc/memcached/*.txt.gz")),
    _doc("python-sqlalchemy-doc", "MIT", "License: Expat", 5000),
    _doc("python-pymongo-doc", "Apache-2.0", "License: Apache-2.0", 1200),
    # Distributed systems and messages.
    # Not its wx, whose pages come from the documentation of wxWidgets, under another licence.
    _doc("erlang-doc", "Apache-2.0", "License: Apache-2.0", 7000, "html",
         ("usr/share/doc/erlang-doc/doc/**/*.html",
          *(f"usr/share/doc/erlang-doc/lib/{part}-[0-9]*/**/*.html"
            for part in ("erts", "kernel", "stdlib", "mnesia", "ssl", "crypto", "inets", "sasl", "observer")))),
    _doc("golang-etcd-server-dev", "Apache-2.0", "License: Apache-2.0", 5000, "go", _GO),
    _doc("libzookeeper-java-doc", "Apache-2.0", "License: Apache-2.0", 2500),
    _doc("swift-doc", "Apache-2.0", "License: Apache-2", 3000),
    _doc("python-kombu-doc", "BSD-3-Clause", "License: BSD-3-clause", 1000),
    _doc("python-taskflow-doc", "Apache-2.0", "License: Apache-2", 1000),
    _doc("python-tooz-doc", "Apache-2.0", "License: Apache-2", 500),
    _doc("golang-google-grpc-dev", "Apache-2.0", "License: Apache-2.0", 2500, "go", _GO),
    _doc("python-simpy3-doc", "MIT", "License: Expat", 500),
    # The web and networks.
    _doc("apache2-doc", "Apache-2.0", "License: Apache-2.0", 7000, "html",
         ("usr/share/doc/**/en/**/*.html", "usr/share/doc/**/*.html.en")),
    _doc("tomcat10-docs", "Apache-2.0", "License: Apache-2.0", 5000),
    _doc("varnish-doc", "BSD-2-Clause", "License: BSD-2-clause", 3000),
    _doc("h2o-doc", "MIT", "License: Expat", 800),
    _doc("libnghttp2-doc", "MIT", "License: Expat", 1200),
    _doc("libcurl4-doc", "curl (MIT-like)", "License: curl", 3500, "man", _MAN),
    _doc("unbound", "BSD-3-Clause", "NLnet Labs", 1000, "man", _MAN),
    _doc("openvswitch-doc", "Apache-2.0", "License: Apache-2.0", 3000),
    _doc("python-tornado-doc", "Apache-2.0", "License: Apache-2.0", 1500),
    _doc("python-aiohttp-doc", "Apache-2.0", "License: Apache-2", 1200),
    _doc("python-requests-doc", "Apache-2.0", "License: Apache", 800),
    _doc("python-flask-doc", "BSD-3-Clause", "License: BSD-3-clause", 1200),
    _doc("python-werkzeug-doc", "BSD-3-Clause", "License: BSD-3-clause", 1000),
    _doc("python-django-doc", "BSD-3-Clause", "License: BSD-3-Clause", 6000),
    _doc("twisted-doc", "MIT", "License: Expat", 3000),
    _doc("nodejs-doc", "MIT", "License: Expat", 6000),
    # Security.
    _doc("libssl-doc", "Apache-2.0", "License: Apache-2.0", 4000, "man", _MAN),
    _doc("python-cryptography-doc", "BSD-3-Clause or Apache-2.0", "License: Apache", 1200),
    _doc("keystone-doc", "Apache-2.0", "License: Apache-2", 3000),
    # Running things.
    _doc("docker-doc", "Apache-2.0", "License: Apache-2.0", 2000, "md", _MD),
    _doc("podman", "Apache-2.0", "License: Apache-2.0", 2500, "man", _MAN),
    _doc("buildah", "Apache-2.0", "License: Apache-2.0", 1000, "man", _MAN),
    _doc("nova-doc", "Apache-2.0", "License: Apache-2", 3000),
    _doc("cinder-doc", "Apache-2.0", "License: Apache-2", 2000),
    _doc("neutron-doc", "Apache-2.0", "License: Apache-2.0", 3000),
    _doc("golang-github-prometheus-client-golang-dev", "Apache-2.0", "License: Apache-2.0", 1500,
         "go", _GO),
    _doc("golang-opentelemetry-otel-dev", "Apache-2.0", "License: Apache-2.0", 2000, "go", _GO),
    # Languages and tests.
    _doc("rust-doc", "MIT or Apache-2.0", "License: MIT or Apache-2.0", 9000, "html",
         tuple(f"usr/share/doc/rust-doc/html/{part}/**/*.html"
               for part in ("book", "nomicon", "reference", "rust-by-example", "cargo", "std"))),
    _doc("golang-1.19-src", "BSD-3-Clause", "License: Go", 10000, "go", ("usr/share/go-1.19/src/**/*.go",)),
    _doc("python3.11-doc", "PSF-2.0", "PYTHON SOFTWARE FOUNDATION LICENSE", 8000),
    _doc("python-pytest-doc", "MIT", "License: Expat", 2500),
)

# WordNet 3.0: definitions and examples of common words, for the words that people explain with.
WORDNET = Source("wordnet-base", "WordNet 3.0", "License: WordNet3.0", "wordnet", ("usr/share/wordnet/data.*",), 45000)
