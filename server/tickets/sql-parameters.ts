/** The values of a condition for the query builder: each goes in as a parameter, never as SQL. */
export class SqlParameters {
  readonly values: Record<string, unknown> = {}
  #count = 0

  /** The name that stands for the value in SQL. */
  bind(value: unknown): string {
    const name = `p${this.#count++}`
    this.values[name] = value
    return `:${name}`
  }

  bindAll(values: readonly string[]): string {
    return values.map((value) => this.bind(value)).join(', ')
  }
}
