/** In place of `ws`: the browser's own. */
export default WebSocket;
