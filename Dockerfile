# One image for every process of the installation: `flowengine web`, `flowengine work`, `flowengine migrate`.
# The embedded servers stay in it, so that `docker run` alone gives a demo; docker-compose.yml uses real ones.

FROM node:24-slim AS interface
WORKDIR /src/builder_ui/frontend
COPY builder_ui/frontend/package.json builder_ui/frontend/package-lock.json builder_ui/frontend/.npmrc ./
RUN npm ci
COPY schemas /src/schemas
COPY builder_ui/frontend ./
RUN npm run build

FROM python:3.13-slim AS packages
COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock \
    && printf '#!/opt/venv/bin/python\nimport sys\nfrom flowengine.cli import main\nsys.exit(main())\n' > /opt/venv/bin/flowengine \
    && chmod +x /opt/venv/bin/flowengine

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 flowengine && install -d -o flowengine /data /data/files
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY flowengine flowengine
COPY builder_ui/*.py builder_ui/
COPY builder_ui/api builder_ui/api
COPY builder_ui/templates builder_ui/templates
COPY builder_ui/texts builder_ui/texts
COPY schemas schemas
COPY flows flows
COPY --from=interface /src/builder_ui/frontend/dist builder_ui/frontend/dist
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    FLOWENGINE_DATA=/data
USER flowengine
VOLUME /data
EXPOSE 8000
CMD ["flowengine", "up", "--host", "0.0.0.0"]
