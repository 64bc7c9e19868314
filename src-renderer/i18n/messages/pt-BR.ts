export default import.meta.glob<Record<string, unknown>>('./pt-BR/*.json', { eager: true, import: 'default' })
