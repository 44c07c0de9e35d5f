// The extension: starts the language server of the project that is open, `npx sx lsp`, and joins it to the editor.
// Everything it knows it asks the server.

const { window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | null} */
let client = null;

async function activate() {
  const [command, ...args] = workspace.getConfiguration("sx").get("server.command", []);
  if (!command) {
    window.showErrorMessage("sx.server.command is empty: it should name the command that serves SX.");
    return;
  }
  const cwd = workspace.workspaceFolders?.[0]?.uri.fsPath;
  // On Windows npx is a script, which only a shell can run.
  const options = { cwd, shell: process.platform === "win32" };
  const documentSelector = [
    { language: "sx", scheme: "file" },
    { language: "sx", scheme: "untitled" },
  ];
  client = new LanguageClient("sx", "SX", { command, args, options }, { documentSelector });
  await client.start();
}

async function deactivate() {
  await client?.stop();
  client = null;
}

module.exports = { activate, deactivate };
