# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
RUN node scripts/build.ts
# The image brings its own Node, what is built is not built again, and who runs it is not who built it.
RUN rm -rf node_modules/node-linux-* scripts && chmod -R a+rX /app

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ROOMDESK_DATA=/data
WORKDIR /app
COPY --from=build /app /app
RUN install -d -o node -g node -m 0711 /data
USER node
VOLUME /data
EXPOSE 3000
# Node itself is process 1: it hears SIGTERM and drains.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/start.ts"]
