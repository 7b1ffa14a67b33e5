;;; Emacs with eglot as a client of the server, in batch mode: the same steps as neovim.lua.  -*- lexical-binding: t -*-
;;   emacs --batch -l testing/editors/eglot.el
(package-initialize)                    ; finds Debian's elpa-eglot; built in since Emacs 29
(require 'eglot) (require 'json) (require 'flymake) (require 'cl-lib)
(prefer-coding-system 'utf-8)
(setq eglot-server-programs
      (list (cons 'js-mode (append (json-parse-string (getenv "SERVER") :array-type 'list) nil)))
      eglot-sync-connect 30 eglot-connect-timeout 30 eglot-autoshutdown nil eglot-confirm-server-initiated-edits nil
      eglot-send-changes-idle-time 0.05 flymake-no-changes-timeout nil make-backup-files nil create-lockfiles nil)
(setq-default flymake-start-on-flymake-mode t)

(defun wait-for (what condition)
  (with-timeout (30 (error "Timed out waiting for %s" what))
    (while (not (funcall condition)) (accept-process-output nil 0.02))))

(defun findings-here ()
  (flymake-start)
  (cl-remove-if-not (lambda (one) (= (line-number-at-pos (flymake-diagnostic-beg one)) (1+ (string-to-number (getenv "LINE")))))
                    (flymake-diagnostics)))

(condition-case problem
    (let (out)
      (find-file (getenv "FILE"))
      (js-mode)
      (call-interactively #'eglot)
      (let ((server (eglot-current-server)) count)
        (wait-for "diagnostics" #'findings-here)
        (setq count (length (flymake-diagnostics)))
        (let ((first (car (findings-here))))
          (push (cons 'message (flymake-diagnostic-text first)) out)
          (push (cons 'marked (buffer-substring-no-properties
                               (flymake-diagnostic-beg first)
                               (min (flymake-diagnostic-end first)
                                    (save-excursion (goto-char (flymake-diagnostic-beg first)) (line-end-position)))))
                out)
          (goto-char (flymake-diagnostic-beg first)))
        (let ((hover (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams))))
          (push (cons 'hover (plist-get (plist-get hover :contents) :value)) out))
        (let* ((actions (eglot-code-actions (point) (1+ (point)) "quickfix"))
               (preferred (cl-find-if (lambda (action) (eq t (plist-get action :isPreferred))) actions)))
          (unless preferred (error "No preferred action among %d" (length actions)))
          (push (cons 'action (plist-get preferred :title)) out)
          (eglot--read-execute-code-action (list preferred) server "quickfix"))
        (wait-for "the finding to go"
                  (lambda () (eglot--signal-textDocument/didChange) (flymake-start) (< (length (flymake-diagnostics)) count)))
        (save-buffer)
        (eglot-shutdown server)
        (princ (json-encode (nreverse out))) (terpri)))
  (error (princ (format "ERROR %S\n" problem)) (kill-emacs 1)))
