// Loaded before each of our programs (`node -r`), in a dialect every Node understands, so that an old one answers with
// one sentence instead of a syntax error in a file it cannot read.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    "Roomdesk needs Node 22.18 or newer and this is " +
      process.versions.node +
      ": install Node 24 from https://nodejs.org, or run `npm ci` on Linux, which brings Node 24 along.",
  );
  process.exit(1);
}
