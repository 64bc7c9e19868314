import {
  importRulesInput,
  ruleDefinitionSchema,
  type RuleDefinition,
  type RuleFile,
} from '../../../../../server/rules/contract.ts'
import { errorKey } from '../../../../api/reasons.ts'

/** A rule of a file; one that can't be read has its problems as i18n keys, and no definition. */
interface FileRule {
  name: string
  rule: RuleDefinition | null
  problems: string[]
}

export interface ReadFile {
  rules: FileRule[]
  /** What the file's ids stand for, by id. */
  names: RuleFile['names']
}

const { format, version, names: namesSchema } = importRulesInput.shape

/** Reads a file of rules; null when it is none. */
export function readRuleFile(text: string): ReadFile | null {
  const content = parsed(text)
  if (typeof content !== 'object' || content === null) return null
  const file = content as Partial<Record<keyof RuleFile, unknown>>
  if (!format.safeParse(file.format).success || !version.safeParse(file.version).success) return null
  if (!Array.isArray(file.rules)) return null
  return { rules: file.rules.map(readRule), names: namesSchema.safeParse(file.names).data ?? {} }
}

function readRule(content: unknown): FileRule {
  const { success, data, error } = ruleDefinitionSchema.safeParse(content)
  if (success) return { name: data.name, rule: data, problems: [] }
  const reasons = error.issues.map(({ message }) =>
    /^[a-z]+(\.[a-z_]+)+$/.test(message) ? errorKey(message, 'refused') : 'rules.import.unreadable',
  )
  return { name: nameOf(content), rule: null, problems: [...new Set(reasons)] }
}

function nameOf(content: unknown): string {
  const named = typeof content === 'object' && content !== null && 'name' in content ? content.name : null
  return typeof named === 'string' ? named : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
