import type { SubjectLabel } from "@assay/store";

/** The labels of each subject, one for each annotator: the first, where an output stands in several items. */
export function labelsBySubject(labels: readonly SubjectLabel[]): Map<string, SubjectLabel[]> {
  const bySubject = new Map<string, SubjectLabel[]>();
  for (const label of labels) {
    const known = bySubject.get(label.subjectSha256) ?? [];
    if (known.some(({ annotator }) => annotator === label.annotator)) continue;
    bySubject.set(label.subjectSha256, [...known, label]);
  }
  return bySubject;
}
