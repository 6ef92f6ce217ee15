// What a page has instead of a server library. The Colyseus SDK's types name @colyseus/core's, those name express, and
// express' would make `process` and `Buffer` known words in the clients (tsconfig.browser.json maps it to this file).
export {};
