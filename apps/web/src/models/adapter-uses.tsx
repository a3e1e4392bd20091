import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";

/** Which versions of prompts stand on which version of the adapter, and what they serve. */
export function AdapterUses({ adapter }: { adapter: string }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const uses = useList("listAdapterUses", { adapter });
  return (
    <Card title={t("uses")}>
      <Loaded from={uses}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="text-ink-soft">{t("noUses")}</p>
          ) : (
            <Table
              caption={t("uses")}
              rows={rows}
              rowKey={({ prompt, promptVersion }) => `${prompt}@${promptVersion}`}
              columns={[
                {
                  key: "prompt",
                  title: t("prompt"),
                  cell: ({ prompt, promptVersion }) => (
                    <PlaceLink path={`/prompts/${prompt}`}>{`${prompt}@${promptVersion}`}</PlaceLink>
                  ),
                },
                {
                  key: "labels",
                  title: t("labels"),
                  cell: ({ labels }) => (
                    <span className="flex flex-wrap gap-1">
                      {labels.length === 0 && <span className="text-ink-soft">{t("noLabel")}</span>}
                      {labels.map((label) => (
                        <Badge key={label} tone="info">
                          <Bdi>{label}</Bdi>
                        </Badge>
                      ))}
                    </span>
                  ),
                },
                {
                  key: "version",
                  title: t("adapterVersion"),
                  isNumber: true,
                  cell: (use) => use.adapterVersion,
                },
                { key: "made", title: t("made"), cell: ({ createdAt }) => format.ago(createdAt) },
              ]}
            />
          )
        }
      </Loaded>
      <MoreButton of={uses} />
    </Card>
  );
}
