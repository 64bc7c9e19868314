import { useI18n } from 'vue-i18n'
import type { CustomerView } from '../../../server/customers/contract.ts'
import { useTiersStore } from '../../stores/tiers.ts'
import { formatDocument } from './documents.ts'
import type { CustomerChanges, CustomerField } from './expected-customer.ts'
import { organizationName } from './organization-names.ts'
import { formatPhone } from './phones.ts'

/** A record's fields and what they hold, in words, for setting two versions side by side. */
export function useRecordWords() {
  const { t } = useI18n()
  const tiers = useTiersStore()

  function label(field: CustomerField): string {
    if (field === 'emails') return t('customers.contact.email.many')
    if (field === 'phones') return t('customers.contact.phone.many')
    return field === 'organizationId' ? t('customers.record.organization') : t(`customers.record.${field}`)
  }

  function ofChange(field: CustomerField, changes: CustomerChanges): string {
    if (field === 'emails') return (changes.emails ?? []).join(', ')
    if (field === 'phones') return (changes.phones ?? []).map(formatPhone).join(', ')
    if (field === 'tier')
      return tiers.rows?.find(({ id, key }) => id === changes.tier || key === changes.tier)?.name ?? ''
    if (field === 'organizationId')
      return changes.organizationId ? (organizationName(changes.organizationId) ?? '…') : ''
    return field === 'document' ? formatDocument(changes.document ?? '') : (changes[field] ?? '')
  }

  function ofView(field: CustomerField, view: CustomerView): string {
    if (field === 'tier') return view.tier?.name ?? ''
    if (field === 'organizationId') return view.organization?.name ?? ''
    return ofChange(field, { [field]: view[field] })
  }

  return { label, ofChange, ofView }
}
