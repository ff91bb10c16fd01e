# One target for each program: docker build --target gateway -t snowflow/gateway:1 .
# The base, a Debian with Node, is an argument, so that a release can pin its digest and a machine without a registry can bring its own.
ARG NODE_IMAGE=docker.io/library/node:24.11.1-bookworm-slim
ARG VERSION=local
ARG REVISION=unknown

FROM ${NODE_IMAGE} AS system
COPY scripts/images/lay-out-system.sh /
RUN sh /lay-out-system.sh

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# An own authority or registry comes in as a build secret, never into a layer: --secret id=ca,src=… --secret id=npmrc,src=…
RUN --mount=type=secret,id=ca,target=/run/secrets/ca.crt --mount=type=secret,id=npmrc,target=/root/.npmrc \
    if [ -s /run/secrets/ca.crt ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca.crt; fi; \
    npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs --force

# Each program's part of dist/ and node_modules, and its bill of materials.
FROM build AS programs
COPY --from=system /system/var/lib/dpkg/status /dpkg-status
# `--omit dev` would leave out what build and programs share; the layout takes what programs need.
RUN npm sbom --package-lock-only --sbom-format cyclonedx > /sbom.json \
    && node dist/scripts/images/lay-out-programs.js /programs /sbom.json /dpkg-status

FROM scratch AS program
COPY --from=system /system /
# Empty volumes that are mounted on these folders take their owner from them.
COPY --from=system --chown=1000:1000 /owned/data /data
COPY --from=system --chown=1000:1000 /owned/keys /run/keys
ARG VERSION
ARG REVISION
LABEL org.opencontainers.image.vendor=SnowFlow \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.version=${VERSION} \
      org.opencontainers.image.revision=${REVISION}
ENV NODE_ENV=production \
    PATH=/usr/local/bin:/usr/bin \
    HEALTH_HOST=0.0.0.0
WORKDIR /app
# By number: Kubernetes can't tell that a name is not root.
USER 1000:1000
# HEALTH_PORT is for this question only; each program has a variable of its own for the port.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

FROM program AS service
COPY --from=programs /programs/shared/ ./

FROM service AS gateway
LABEL org.opencontainers.image.title=snowflow-gateway
ENV HOST=0.0.0.0 PORT=3000 HEALTH_PORT=9090 GATEWAY_HEALTH_PORT=9090 FRONTEND_DIR=/app/dist/frontend
COPY --from=programs /programs/gateway/ ./
COPY --from=build /build/dist/frontend ./dist/frontend
EXPOSE 3000 9090
CMD ["node", "dist/apps/gateway/src/main.js"]

FROM service AS auth
LABEL org.opencontainers.image.title=snowflow-auth
ENV HEALTH_PORT=9090 AUTH_HEALTH_PORT=9090
COPY --from=programs /programs/auth/ ./
EXPOSE 9090
CMD ["node", "dist/apps/auth/src/main.js"]

FROM service AS catalog
LABEL org.opencontainers.image.title=snowflow-catalog
ENV HEALTH_PORT=9090 CATALOG_HEALTH_PORT=9090
COPY --from=programs /programs/catalog/ ./
EXPOSE 9090
CMD ["node", "dist/apps/catalog/src/main.js"]

FROM service AS connection-manager
LABEL org.opencontainers.image.title=snowflow-connection-manager
ENV CONNECTIONS_ROWS_HOST=0.0.0.0 CONNECTIONS_ROWS_PORT=3110 HEALTH_PORT=9090 CONNECTIONS_HEALTH_PORT=9090
COPY --from=programs /programs/connection-manager/ ./
EXPOSE 3110 9090
CMD ["node", "dist/apps/connection-manager/src/main.js"]

FROM service AS workflow
LABEL org.opencontainers.image.title=snowflow-workflow
ENV HEALTH_PORT=9090 WORKFLOW_HEALTH_PORT=9090
COPY --from=programs /programs/workflow/ ./
EXPOSE 9090
CMD ["node", "dist/apps/workflow/src/main.js"]

FROM service AS worker
LABEL org.opencontainers.image.title=snowflow-worker
ENV HEALTH_PORT=9090 WORKER_HEALTH_PORT=9090
COPY --from=programs /programs/worker/ ./
EXPOSE 9090
CMD ["node", "dist/apps/workflow/src/worker.js"]

# The demo accounts. Its data may be thrown away; it is filled anew at the next start.
FROM program AS local-warehouse
LABEL org.opencontainers.image.title=snowflow-local-warehouse
ENV WAREHOUSE_HOST=0.0.0.0 WAREHOUSE_PORT=8090 WAREHOUSE_DATA_DIR=/data/warehouse HEALTH_PORT=9090 WAREHOUSE_HEALTH_PORT=9090
COPY --from=programs /programs/local-warehouse/ ./
EXPOSE 8090 9090
CMD ["node", "dist/apps/local-warehouse/src/main.js"]

# Makes the secrets of an installation once and ends.
FROM program AS secrets
LABEL org.opencontainers.image.title=snowflow-secrets
COPY --from=programs /programs/secrets/ ./
HEALTHCHECK NONE
CMD ["node", "dist/libs/platform/src/launch/write-secrets.js", "/run/keys"]
