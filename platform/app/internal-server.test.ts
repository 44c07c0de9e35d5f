// The internal server: what holds for calls in one process (rpc/test/call-cases.ts) holds over HTTP, and what can
// be said over HTTP alone is refused.
import { declareCallCases } from "../rpc/test/call-cases.ts";
import { createTransport } from "../rpc/transport.ts";
import { listenInternally } from "./internal-server.ts";

await declareCallCases("over HTTP", async (t, handle) => {
  const server = await listenInternally("orders", "http://127.0.0.1:0", handle);
  const transport = createTransport({ orders: `http://127.0.0.1:${server.port}` });
  t.after(async () => {
    await transport.close();
    await server.stop(0);
  });
  return transport;
});
