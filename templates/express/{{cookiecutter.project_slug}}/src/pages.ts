import { Router } from "express";

import { HttpError } from "./middleware/problem.ts";

const engines = ["ejs", "pug", "handlebars"];

/** The home page, and the same page from each template engine. */
export function pages(): Router {
  const router = Router();

  router.get("/", (_req, res) => {
    res.render("home", { engine: "ejs", engines });
  });

  router.get("/pages/:engine", (req, res) => {
    const { engine } = req.params;
    if (!engines.includes(engine)) throw new HttpError(404);
    res.render(`home.${engine}`, { engine, engines });
  });

  return router;
}
