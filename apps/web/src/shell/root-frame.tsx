import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { Waiting } from "../components/loaded.tsx";

export function RootFrame() {
  return (
    <Suspense fallback={<Waiting />}>
      <Outlet />
    </Suspense>
  );
}
