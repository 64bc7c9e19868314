/** Columns of text under their heads; the first aligned left, the others right. */
export function table(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
  const [head = [], ...body] = rows
  return [line(head), widths.map((width) => '─'.repeat(width)).join('───'), ...body.map(line)].join('\n')
}

export const ms = (value: number) => value.toFixed(2)
export const mark = (reached: boolean) => (reached ? '✓' : '✗')
export const verdict = (value: number, limit: number, show: (value: number) => string) =>
  `${show(value)} ${mark(value <= limit)}`
