# syntax=docker/dockerfile:1

# The C compiler in this image is for SQLite, aws-lc and mimalloc, which are built from source.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package upskill-api && \
    cp target/release/upskill /usr/local/bin/upskill

# No shell and no package manager: glibc, libgcc, certificates, and the program. It runs as user 65532.
FROM gcr.io/distroless/cc-debian12:nonroot
LABEL org.opencontainers.image.title="Upskill" \
      org.opencontainers.image.description="A GraphQL API for employers' upskilling programs" \
      org.opencontainers.image.licenses="Apache-2.0"
# One static program, so that the container can ask itself how it is.
COPY --from=busybox:1.37-musl /bin/wget /usr/local/bin/wget
COPY --from=build /usr/local/bin/upskill /usr/local/bin/upskill
WORKDIR /home/nonroot
ENV UPSKILL__PROFILE=production \
    UPSKILL__HTTP__LISTEN=0.0.0.0:8080
EXPOSE 8080
# Liveness only. A load balancer asks /readyz, which also knows the database and its migrations.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["/usr/local/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/livez"]
ENTRYPOINT ["/usr/local/bin/upskill"]
CMD ["serve"]
