/** Linux starts at log-in what has a file in `autostart`. Source: freedesktop.org, Desktop Application Autostart Specification. */

/** `command`: the executable and its arguments. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Balcão',
    `Exec=${command.map(quoted).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Desktops switch an entry off by a key rather than by deleting its file. */
export function isAutostartEnabled(entry: string): boolean {
  return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(entry)
}

/** Quoted as `Exec` wants it, and once more as every string of the file: hence four backslashes for one. */
function quoted(argument: string): string {
  const inQuotes = argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')
  return `"${inQuotes}"`
}
