# The server alone, as the folder that `npm run package:server` makes.
FROM node:24-bookworm-slim AS build
WORKDIR /balcao
# The desktop program isn't part of the image.
ENV ELECTRON_SKIP_BINARY_DOWNLOAD=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The image below has a Node already: the bundle's own would be a second hundred megabytes.
RUN node build/server-bundle.mjs --dir \
  && mv dist/server/linux-* /bundle \
  && rm /bundle/node \
  && ln -s /usr/local/bin/node /bundle/node

FROM node:24-bookworm-slim
COPY --from=build /bundle /opt/balcao
RUN mkdir /data && chown node:node /data && chmod 700 /data \
  && ln -s /opt/balcao/balcao-server /usr/local/bin/balcao-server
USER node
ENV NODE_ENV=production BALCAO_DATA_DIR=/data
VOLUME /data
EXPOSE 4810
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.BALCAO_PORT??4810)+'/health').then((a)=>process.exit(a.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["balcao-server"]
CMD ["start"]
