import { phoneOptionsInput, type PhoneOptions } from '../../../../server/phone/contract.ts'

type MissedChoice = PhoneOptions['missed']['choice']

/** The options as a form holds them: numbers as typed, and a team or one of these for who is meant. */
export interface OptionsDraft {
  areaCode: string
  dialUrl: string
  /** A team's id, or one of {@link EVERYBODY} and {@link NOBODY}. */
  unclaimed: string
  choice: MissedChoice
  /** A team's id, or {@link NO_TEAM}. */
  missedTeam: string
  waitMinutes: string
  windowMinutes: string
  required: boolean
  seconds: string
}

export const EVERYBODY = 'everybody'
export const NOBODY = 'nobody'
export const NO_TEAM = 'none'

/** The form's fields by the server's names for them. */
export const optionFields = [
  'areaCode',
  'dialUrl',
  'unclaimed.teamId',
  'missed.teamId',
  'missed.waitMinutes',
  'missed.windowMinutes',
  'wrapUp.seconds',
] as const

export const toOptionsDraft = ({
  areaCode,
  dialUrl,
  unclaimed,
  missed,
  wrapUp,
}: PhoneOptions): OptionsDraft => ({
  areaCode: areaCode ?? '',
  dialUrl: dialUrl ?? '',
  unclaimed: unclaimed.show ? (unclaimed.teamId ?? EVERYBODY) : NOBODY,
  choice: missed.choice,
  missedTeam: missed.teamId ?? NO_TEAM,
  waitMinutes: String(missed.waitMinutes),
  windowMinutes: String(missed.windowMinutes),
  required: wrapUp.required,
  seconds: String(wrapUp.seconds),
})

export const toOptions = (draft: OptionsDraft): PhoneOptions => ({
  areaCode: draft.areaCode.trim() || null,
  dialUrl: draft.dialUrl.trim() || null,
  unclaimed: {
    show: draft.unclaimed !== NOBODY,
    teamId: [EVERYBODY, NOBODY].includes(draft.unclaimed) ? null : draft.unclaimed,
  },
  missed: {
    choice: draft.choice,
    teamId: draft.missedTeam === NO_TEAM ? null : draft.missedTeam,
    waitMinutes: toNumber(draft.waitMinutes),
    windowMinutes: toNumber(draft.windowMinutes),
  },
  wrapUp: { required: draft.required, seconds: toNumber(draft.seconds) },
})

/** NaN for what is no number, which no field of the options takes. */
const toNumber = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : NaN)

/** The fields that the server would refuse, by its names, each with its reason or '' where the field says itself what it takes. */
export function optionProblems(options: PhoneOptions): Map<string, string> {
  const { error } = phoneOptionsInput.safeParse(options)
  return new Map(
    (error?.issues ?? []).map(({ path, message }) => [
      path.join('.'),
      message.startsWith('phone.') ? message : '',
    ]),
  )
}
