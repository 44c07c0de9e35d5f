// The server of internal calls, reached in one process. The cases are in test/call-cases.ts; the same over HTTP
// are in app/internal-server.test.ts.
import { declareCallCases } from "./test/call-cases.ts";
import { createTransport } from "./transport.ts";

await declareCallCases("in one process", async (t, handle) => {
  const transport = createTransport({});
  t.after(() => transport.close());
  transport.attach("orders", handle);
  return transport;
});
