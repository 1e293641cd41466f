// A second wall behind `markup`: were text of a document to become markup after all, nothing of it would run, and the
// page would ask no other host for anything. Streamlit has no way to send this policy as a header, so that the page sets
// it for itself, before any text is drawn. Streamlit brings its styles inline and the code of components as blobs.
const SERVER = `'self' ${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
const POLICY = {
  "default-src": "'self'",
  "script-src": "'self' blob:",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self' data:",
  "connect-src": `${SERVER} blob: data:`,
  "worker-src": "'self' blob:",
  "frame-src": "'none'",
  "object-src": "'none'",
  "base-uri": "'self'",
  "form-action": "'self'",
};
if (!document.querySelector("meta[http-equiv=Content-Security-Policy]")) {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = Object.entries(POLICY).map(([what, from]) => `${what} ${from}`).join("; ");
  document.head.append(meta);
}
