/** Schemes that the program can be asked to open: its own, and those of telephone numbers. */
const schemes = new Set(['balcao:', 'tel:', 'callto:'])

/** The links in a command line. Windows and Linux pass them as arguments, among Chromium's own switches. */
export function linksAmong(argv: readonly string[]): string[] {
  return argv.filter(isLink)
}

export function isLink(argument: string): boolean {
  return URL.canParse(argument) && schemes.has(new URL(argument).protocol)
}
