import type { FeedbackView } from '../../../server/feedback/contract.ts'

const ROW = 52
const LINE = 20
/** Letters of a comment that have room beside its score. */
const BESIDE = 28

/** Lines that an answer takes: its score, and a longer comment one more. */
export const linesOf = ({ comment }: Pick<FeedbackView, 'comment'>): 1 | 2 =>
  comment && comment.length > BESIDE ? 2 : 1

/** In pixels: a ticket's row is as high as what the customer said of it, and no higher. */
export const drillRowHeight = ({
  feedback,
}: {
  feedback: readonly Pick<FeedbackView, 'comment'>[]
}): number => feedback.reduce((height, each) => height + linesOf(each) * LINE, ROW)
