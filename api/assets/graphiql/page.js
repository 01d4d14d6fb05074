"use strict";

// A link may bring a token as `#token=…`: a fragment is never sent to any server. It is taken out of the address
// at once, so that it is neither bookmarked nor copied with it, and kept for this tab until the tab is closed.
const KEY = "upskill:token";
const given = new URLSearchParams(window.location.hash.slice(1)).get("token");
if (given) {
  window.sessionStorage.setItem(KEY, given);
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
}
const token = window.sessionStorage.getItem(KEY) ?? "paste a token here";
const headers = JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2);

// GraphiQL remembers queries in the browser's storage, and its history would remember their headers with them. A
// token shall not outlive its tab, so headers are stored as nothing and read as those of this tab.
const REMEMBERED = /^graphiql:(queries|favorites)$/;
function withHeaders(key, text, value) {
  if (text === null || !REMEMBERED.test(key)) return text;
  return JSON.stringify(JSON.parse(text, (name, old) => (name === "headers" ? value : old)));
}
const local = window.localStorage;
const storage = {
  get length() {
    return local.length;
  },
  getItem: (key) => withHeaders(key, local.getItem(key), headers),
  setItem: (key, text) => local.setItem(key, withHeaders(key, text, null)),
  removeItem: (key) => local.removeItem(key),
  clear: () => local.clear(),
};

const QUERY = `# The token of this tab is in the editor "Headers" below.
# The documentation is behind the book icon on the left; Ctrl-Space completes a name.
{
  viewer {
    employee { name }
    roles
  }
}
`;

// Subscriptions go to the same address by a websocket, with the token of the editor "Headers".
const socket = new URL("/graphql", window.location.href);
socket.protocol = socket.protocol.replace("http", "ws");

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql", subscriptionUrl: socket.href }),
    storage,
    headers,
    defaultHeaders: headers,
    defaultQuery: QUERY,
    defaultEditorToolsVisibility: "headers",
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    showPersistHeadersSettings: false,
  }),
);
