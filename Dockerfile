# Two stages: one that builds, one that holds the program, bank, plans and nothing else: no shell, no
# package manager, no root.

FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY playground playground
COPY benches benches
COPY questions questions
COPY config config
RUN cargo build --release --locked --bin mockingbird \
 && mkdir -p /app/data \
 && cp -r target/release/mockingbird questions config /app/

FROM gcr.io/distroless/cc-debian12:nonroot
# 65532 is the image's user `nonroot`.
COPY --from=build --chown=65532:65532 /app /app
WORKDIR /app
USER 65532:65532
# Journal and snapshots. Everything else may be read-only.
VOLUME /app/data
# Says whether config and bank are good; it needs no shell.
HEALTHCHECK --interval=1m --timeout=10s --start-period=10s CMD ["/app/mockingbird", "check"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/mockingbird"]
CMD ["run"]
