import WebSocket from "ws";
import { browser, shop } from "./people.ts";

const joinRoom = 10;

/** The people of `bench-idle.ts`, in a process of their own: they join, and then only listen. */
process.on("message", (urls: string[]) => {
  void Promise.all(urls.map(join)).then(() => process.send?.("joined"));
});

function join(url: string): Promise<void> {
  const socket = new WebSocket(url, { headers: { "user-agent": browser, origin: shop } });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (bytes: Buffer) => {
      if (bytes[0] !== joinRoom) return;
      socket.send(Buffer.from([joinRoom]));
      resolve();
    });
  });
}
