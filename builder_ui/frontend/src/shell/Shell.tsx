// The frame of every page but the canvas: navigation at the left, the page at the right.
import { Suspense } from 'react';
import { Outlet } from 'react-router';
import { Loading } from '../ui/Loading';
import { Navigation } from './Navigation';
import './shell.css';

export function Shell() {
  return (
    <div className="shell">
      <Navigation />
      <main className="shell-page">
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
